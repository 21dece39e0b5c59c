package io.raftwood.server.http;

import io.raftwood.admin.LaggingVoters;
import io.raftwood.cache.CacheStore;

/**
 * What the endpoints of the cache are served by.
 *
 * @param store the cache
 * @param lagging whom the header {@code Fail} names
 */
public record CacheService(CacheStore store, LaggingVoters lagging) {}
