"""The agenda from a spreadsheet and back: reading, comparing and matching are pure; preview and applying are not."""
