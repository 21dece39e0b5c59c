package io.raftwood.it;

import io.raftwood.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Some 350,000 words: those of Debian's wamerican-huge, or where it is not installed words from a
 * seed.
 *
 * @param file a word on each line
 * @param sorted the words as {@code LC_ALL=C sort -u} puts them
 */
record WordList(Path file, List<String> sorted) {
  private static final Path DEBIAN = Path.of("/usr/share/dict/american-english-huge");
  private static final int GENERATED = 350_000;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzé'ñ";

  /** The words; generated ones are written below {@code directory}. */
  static WordList find(Path directory, String test) throws IOException {
    boolean installed = Files.isReadable(DEBIAN);
    Path file = installed ? DEBIAN : generate(directory, TestSettings.seed(test));
    TreeSet<Bytes> sorted = new TreeSet<>();
    Files.readAllLines(file, StandardCharsets.UTF_8).forEach(word -> sorted.add(Bytes.utf8(word)));
    TestSettings.say(
        test,
        sorted.size()
            + " words of "
            + file
            + (installed ? "" : ", generated: wamerican-huge is not installed"));
    return new WordList(file, sorted.stream().map(Bytes::toUtf8).toList());
  }

  private static Path generate(Path directory, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> words = new ArrayList<>(GENERATED);
    for (int i = 0; i < GENERATED; i++) {
      StringBuilder word = new StringBuilder();
      for (int left = 3 + random.nextInt(9); left > 0; left--) {
        word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
      }
      words.add(word.toString());
    }
    return Files.write(directory.resolve("words"), words, StandardCharsets.UTF_8);
  }

  /** Number of different words. */
  int size() {
    return sorted.size();
  }

  /** The word at a place; empty beside the first and the last. */
  String at(int place) {
    return place < 0 || place >= sorted.size() ? "" : sorted.get(place);
  }
}
