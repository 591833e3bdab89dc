"""How fast sitegen is beside other generators, on news that are made up for the purpose."""
