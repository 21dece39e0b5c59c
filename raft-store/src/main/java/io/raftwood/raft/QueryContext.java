package io.raftwood.raft;

import io.raftwood.storage.StorageView;

/**
 * What a machine may know while it answers a query.
 *
 * @param view the group's applied state, which may move on between two reads
 * @param clockMillis replicated time of that state. Expiry is judged by it alone, so a record that
 *     one answer called expired never comes back in a later one
 */
public record QueryContext(StorageView view, long clockMillis) {}
