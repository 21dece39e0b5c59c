/**
 * What a run tells people: lines of text, and a page with a picture.
 *
 * <p>Belongs here: form. Does not belong here: judging (see {@code check}).
 */
package io.raftwood.bench.torture.report;
