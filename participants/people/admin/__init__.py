"""People in the admin; participants/admin.py adds what other slices do with them."""
