"""Certificates: issuing, the document, and the public page that verifies one."""
