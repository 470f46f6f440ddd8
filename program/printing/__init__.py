"""PDF documents: typesetting, fonts and QR codes."""
