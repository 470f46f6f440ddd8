"""The agenda as value objects, and the rules about it. Nothing here touches a database."""
