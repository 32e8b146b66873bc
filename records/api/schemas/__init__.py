"""The shapes of requests and answers, as OpenAPI tells them."""
