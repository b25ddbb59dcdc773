"""The numbers that the policy goes by, each with its reason and what it was set by.

*Corpus*: 84 recordings of 23 sources, 2025-02 to 2026-10, replayed (docs/benchmarks.md).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

# Real repricings of more than threefold exist (75 % off launches), but a wrong unit, a swapped
# column and a lost digit are all larger: beyond this somebody else has to say it too.
LARGEST_QUIET_FACTOR = Decimal(3)

# How long one source must say the same, unmended and uncontradicted, until a step that was held for
# its size or look alone is taken for no slip. Feeds are read every few hours and slips are mended
# within days: GPT-5.5's cache price in Portkey on its first day, gpt-5.5-pro's double price in
# LiteLLM within weeks while better lists contradicted it.
SETTLED_AFTER = timedelta(days=7)

# A lost or added digit does not come right by being repeated (minimax-m2.7 stood at a hundredth in
# one feed for months): from here on time proves nothing.
LARGEST_SETTLED_FACTOR = Decimal("9.5")

# Other providers of a model that already ask a price when a reseller moves to it.
PEERS_FOR_PRICE = 2

# And those that move to it together with the seller, as many as feeds that carry a large change.
PEERS_THAT_MOVE = 3

# What so many others ask is about what the model costs; resellers differ among themselves by less
# than the factor, a wrong row or unit by more. Corpus: gpt-oss-120b at SambaNova stood at twenty
# times what seven others ask, and came down to 1.5 times.
PEERS_FOR_RANGE = 3
LIKE_PEERS = Decimal("1.6")

# Two sources that differ by less mean the same price (a reseller's margin is never so small).
AGREEMENT = Decimal("0.005")

# The dearest token price ever offered publicly is 600 USD per million (o1-pro output). Corpus:
# above it stand only prices in another unit (jais-30b-chat 3,200, wandb 100,000).
DEAREST_TOKENS_PER_MILLION = Decimal(1000)

# Distance from a power of ten at which a ratio to the peers is a lost or added digit or unit; list
# prices are round, so that a real discount of nine tenths falls on it only by being one.
SCALE_TOLERANCE = Decimal("0.02")
PEERS_FOR_SCALE = 2

# Independent voices without the provider's own that carry a large change: a slip that two
# feeds share is copied from one page more easily than one that three share.
VOICES_FOR_LARGE_CHANGE = 3

# What a price in CNY is of the same price in USD, within a decade of exchange rates (6.3 to 7.3)
# and the rounding of providers that keep two lists (DeepSeek: 3 CNY for 0.435 USD).
YUAN_PER_DOLLAR = (Decimal("6.5"), Decimal("7.5"))

# Independent voices that outvote a dearer trusted one which is not the provider's own: a list that
# is kept by hand lags (llm-prices still had DeepSeek's launch price after a year of cuts).
VOICES_TO_OUTVOTE = 3

# A refresh changes a handful of rows; a third of them at once is a change of unit or currency.
LARGEST_SHARE_CHANGED = Decimal("0.30")

# Fewer rows by one factor are a provider that reprices its family.
FEWEST_FOR_ONE_FACTOR = 5

# Shares of a handful of rows say nothing; every step is judged on its own there.
FEWEST_ROWS_FOR_SHARES = 10

# Changed rows in a row of which each bears the former prices of the one before: a table that
# slipped. Corpus: no honest body of two years has two such rows, or three with a price each.
FEWEST_SLIPPED = 2
FEWEST_SLIPPED_ALONE = 3

# Sources lose a few rows at a time; one that lost a tenth was cut or blocked.
SMALLEST_SHARE_OF_ROWS = Decimal("0.90")

# Between runs that are far apart models retire and prices move: this much more a month is usual.
# Corpus: with these two no honest body of two years is held.
DRIFT_A_MONTH = Decimal("0.10")
LARGEST_DRIFT = Decimal("0.40")

# A row must be missing from this many runs in a row before its prices are withdrawn: a feed that
# drops a row by accident has it back with its next build or the one after.
RUNS_UNTIL_WITHDRAWN = 3

# A million tokens is 1,000,000, 1,048,576 or, rounded, 1,050,000, depending on who writes it.
SAME_COUNT = Decimal("0.05")

# The same release is told a day apart on either side of the date line.
SAME_DAYS = 1

# Prices are put on pages before the model is out, as OpenAI did with GPT-5.6. Corpus: the
# later days that labs' own rows state lie within 9 days of the first price or 13 weeks and more
# behind it; those are of newer snapshots.
LISTED_BEFORE_RELEASE = timedelta(days=14)

# Windows have grown eightfold in one release; ten times is a lost or added digit.
LARGEST_QUIET_STEP_OF_COUNT = 10

# The largest context that anybody offers is ten million tokens; the smallest that is told is 77.
COUNTS_OF_TOKENS = (16, 100_000_000)

# The largest model that anybody has told the size of has a few million million parameters.
COUNTS_OF_PARAMETERS = (1_000_000, 100_000_000_000_000)

# No model that is sold was released before the first GPT, and none is announced years ahead.
FIRST_RELEASE = date(2018, 6, 1)
LONGEST_ANNOUNCEMENT = timedelta(days=5 * 365)

# What a host says of its own offer is hearsay about the model, and counts as much as the press.
HEARSAY_TRUST = 20
