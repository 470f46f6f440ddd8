"""How dates and times are written in Bahasa Indonesia: "Selasa, 24 Juli 2018", "10.00"."""

DATE_FORMAT = "l, j F Y"
SHORT_DATE_FORMAT = "j M Y"
MONTH_DAY_FORMAT = "j F"
TIME_FORMAT = "H.i"
DATETIME_FORMAT = "j M Y, H.i"
SHORT_DATETIME_FORMAT = "j M, H.i"
