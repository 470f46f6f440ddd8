"""Memory for the calls of a request."""

SLOTS = 2**14  # of 8 bytes: a little more than 128 kB, for which CPython takes 256 kB at once


def with_room(application):
    """The WSGI ``application``, called with memory for all its nested calls at hand.

    CPython (3.11 and later) keeps the frames of calls in pieces of 16 kB, and gives a piece back as soon as
    its first call returns. Where a template's loop happens to run at the end of a piece, each call in it asks
    the system for memory: a page then costs up to twice its CPU, and which page does changes with every
    middleware. A function that says it needs many slots gets a large piece, and what it calls uses the rest.
    """

    def call(environ, start_response):
        return application(environ, start_response)

    call.__code__ = call.__code__.replace(co_stacksize=SLOTS)
    return call
