/**
 * An HTTP server that does nothing, as a measure of what HTTP alone costs.
 *
 * <p>Belongs here: what runs in its process. Does not belong here: putting load on it.
 */
package io.raftwood.bench.floor;
