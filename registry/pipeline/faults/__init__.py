"""Random faults put into real bodies, and what becomes of them on their way through the stages.

``documents`` finds the prices in a feed's body, ``kinds`` spoils them, ``standing`` knows what
stands beside a body and decides offers on other words, ``trial`` draws faults and tries them, many
in one body, and ``verdicts`` says what became of each.
"""
