"""Values that stand in another form than the published one: read as the new one at once, rewritten by a job.

See `crm_config.stored_keys`: such values stand under a key of their own, so that nothing can mistake them.
"""
