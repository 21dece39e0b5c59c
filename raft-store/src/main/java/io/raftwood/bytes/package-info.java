/**
 * Byte strings and the primitives of every binary format of the project.
 *
 * <p>Belongs here: immutable byte strings in unsigned lexicographic order, big-endian and varint
 * reading and writing. Does not belong here: any word of a domain (key, record, entry). Pure values
 * and single-threaded cursors; no I/O.
 */
package io.raftwood.bytes;
