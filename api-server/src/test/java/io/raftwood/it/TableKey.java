package io.raftwood.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import javax.crypto.Cipher;

/** A new key pair for {@code set_table}: nodes have the public half in a file. */
final class TableKey {
  private static final int BITS = 2048;

  private final KeyPair keys;

  TableKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    keys = generator.generateKeyPair();
  }

  /** {@code spec} with nodes that know the public half, which goes to {@code directory}. */
  ClusterSpec knownIn(ClusterSpec spec, Path directory) throws IOException {
    String key = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
    Path file = directory.resolve("public.pem");
    Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
    return spec.with("hustdb.public-pem", "'" + file + "'");
  }

  /** The id that {@code set_table} issued. */
  String id(byte[] issued) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.DECRYPT_MODE, keys.getPrivate());
    return new String(cipher.doFinal(issued), StandardCharsets.US_ASCII);
  }
}
