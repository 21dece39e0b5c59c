package io.raftwood.bench.load;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code put}, {@code get} or {@code PUTS/GETS}: the share of puts in percent. */
final class MixConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (text.equals("put")) {
      return 100;
    }
    if (text.equals("get")) {
      return 0;
    }
    if (text.matches("[0-9]{1,3}/[0-9]{1,3}")) {
      int slash = text.indexOf('/');
      int puts = Integer.parseInt(text.substring(0, slash));
      int gets = Integer.parseInt(text.substring(slash + 1));
      if (puts + gets == 100) {
        return puts;
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is not put, get or two shares that add up to 100 such as 50/50");
  }
}
