import os
import tempfile

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class FileCache(FileBasedCache):
    """Django's file cache with an ``add`` that only one of several processes wins.

    The limits of sign-in take their lock with it: with Django's own, two workers may both get the lock,
    and one of two attempts is then not counted.
    """

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        if self.has_key(key, version):  # also removes an expired one
            return False
        self._createdir()
        self._cull()
        descriptor, written = tempfile.mkstemp(dir=self._dir)
        try:
            with open(descriptor, "wb") as file:
                self._write_content(file, timeout, value)
            os.link(written, self._key_to_file(key, version))  # fails where there is one by now
        except FileExistsError:
            return False
        finally:
            os.remove(written)
        return True
