"""From submissions to results: several at once, each exercise tried in the sandbox and judged outside."""
