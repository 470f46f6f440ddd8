from django import template

from program.team.rights import perms_in

register = template.Library()


@register.filter
def perms_for(program, user):
    """``perms`` in one program, for a page that shows several: {% with perms=program|perms_for:user %}."""
    return perms_in(user, program)
