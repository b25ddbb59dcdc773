"""What Ratecard gives to other tools: files in peers' formats, and the whole registry in bulk."""
