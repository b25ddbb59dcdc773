"""What readers subscribe to: Atom feeds of changes and a calendar of what is announced."""
