"""``python -m registry.client``."""

from registry.client.command import main

if __name__ == "__main__":
    main()
