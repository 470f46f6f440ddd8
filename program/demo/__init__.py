"""The 2018 program as the portal shows it out of the box.

program-2018.json holds what was published, and a frame around it; each entry says which of the two it is
(``origin``). details.json holds what was filled in for the demonstration, and nothing else.
"""
