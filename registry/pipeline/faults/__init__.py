"""Random faults put into real bodies, and what becomes of them on their way through the stages.

``documents`` finds the prices in a feed's body, ``kinds`` spoils them, ``trial`` delivers the
spoilt body beside what stands and judges what would have been served.
"""
