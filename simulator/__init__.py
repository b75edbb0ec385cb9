"""A LINE platform to test and demonstrate against: LINE's own protocol over HTTP in both directions.

Unlike a fake client it sits on the other side of a socket, refuses what LINE refuses, and imports nothing of
the product, so that the bot cannot tell it from LINE. `simulator.running` starts it from Python.
"""
