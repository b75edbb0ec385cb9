"""The domain: what people do with a case. No LINE protocol, no HTTP."""
