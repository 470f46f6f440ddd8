"""Certificates: issuing, the paper, and the public page that verifies one."""
