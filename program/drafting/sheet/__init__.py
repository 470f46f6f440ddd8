"""The agenda from a spreadsheet and back: all but preview, names, applying and exporting is pure."""
