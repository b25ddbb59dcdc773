"""The `ratecard` command and its MCP server: programs of their own that ask any server's API.

No Django in it: it runs wherever Python, httpx, click and rich are.
"""
