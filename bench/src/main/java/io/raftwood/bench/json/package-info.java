/**
 * Writing of JSON, for reports and histories: the few lines that save a dependency.
 *
 * <p>Belongs here: escaping and punctuation. Does not belong here: reading, any domain word.
 */
package io.raftwood.bench.json;
