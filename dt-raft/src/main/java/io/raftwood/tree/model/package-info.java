/**
 * The values of the tree domain: ids, commands, queries, results, limits.
 *
 * <p>Belongs here: what is asked and what is answered. Does not belong here: how it is stored (see
 * {@code tree.structure}), how it is encoded and replicated (see {@code tree}). Immutable values,
 * free of threads.
 */
package io.raftwood.tree.model;
