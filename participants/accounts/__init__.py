"""Signing in: codes, factors, invitations, the sessions of devices."""
