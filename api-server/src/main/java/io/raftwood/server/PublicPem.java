package io.raftwood.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** Reads the public key of {@code set_table}: PEM as {@code openssl rsa -pubout} writes it. */
final class PublicPem {
  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
  private static final String END = "-----END PUBLIC KEY-----";
  private static final int BITS = 2048;

  private PublicPem() {}

  /**
   * The key in {@code file}.
   *
   * @throws StartFailedException when there is none, or not one of RSA-2048
   */
  static RSAPublicKey read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      int begin = text.indexOf(BEGIN);
      int end = text.indexOf(END);
      if (begin < 0 || end < begin) {
        throw failed(file, "it has no " + BEGIN, null);
      }
      byte[] key = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
      RSAPublicKey read =
          (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(key));
      if (read.getModulus().bitLength() != BITS) {
        throw failed(file, "the key is not of " + BITS + " bits", null);
      }
      return read;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw failed(file, e.toString(), e);
    }
  }

  private static StartFailedException failed(Path file, String why, Throwable cause) {
    return new StartFailedException(
        "hustdb.public-pem: '" + file + "' is no RSA public key of 2048 bits: " + why, cause);
  }
}
