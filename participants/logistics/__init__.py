"""Lists for the kitchen, the drivers, the hotel and the desk."""
