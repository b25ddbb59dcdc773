"""The environment variables that configure Ratecard, read once and judged.

`read` never raises: what is wrong becomes a `Mistake`, which `registry.checks` turns into a system
check, so that every command and the server name all mistakes at once and none guesses a value.
Where a variable is mistaken, the value used instead either refuses to work (an unusable database,
an empty secret) or changes nothing that is stored (a log level).
"""

from registry.environment.variables import DESCRIPTIONS, Environment, Mistake, read

__all__ = ["DESCRIPTIONS", "Environment", "Mistake", "read"]
