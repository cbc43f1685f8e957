"""Operator commands: each reads its arguments, calls one service or query, and prints the result.

Results go to stdout, complaints to stderr; 0 is success, 1 refused, 2 wrong usage. One file a topic;
`console.py` names them all and imports only the one asked for.
"""
