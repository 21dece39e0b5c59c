/** Immutable byte strings and the codecs of keys and values. Depends on the JDK alone. */
package io.raftwood.bytes;
