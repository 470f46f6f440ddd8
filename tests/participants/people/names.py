"""Sample names that careless code spoils: one part, 120 characters, many scripts, right to left."""

NAMES = (
    "Sukarno",
    "U",
    "A" * 120,
    "အောင်ဆန်းစုကြည်",  # Burmese
    "ສົມສັກ ພົມມະຈັນ",  # Lao
    "ཀུན་དགའ་དབང་ཕྱུག",  # Dzongkha
    "احمد شاه درانی",  # Dari
    "محمد علی جناح",  # Urdu
    "ශ්‍රී විමල",  # Sinhala with a joiner
    "நமசிவாயம்",  # Tamil
    "Nguyễn Thị Minh-Khai",
    "D'Souza e Sá, Jr.",
    "O’Connor <b>",
)
