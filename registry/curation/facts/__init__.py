"""Facts beside prices, from what sources say to what is published, shown and held.

``voices`` reads claims as words on facts, ``evidence`` gathers what is said and known,
``resolving`` lets the policy decide and says what to publish and to show, ``reviews`` keeps what
waits.
"""
