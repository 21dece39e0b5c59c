package io.raftwood.raft.jraft;

import com.alipay.remoting.exception.CodecException;
import com.alipay.remoting.exception.DeserializationException;
import com.alipay.remoting.exception.SerializationException;
import com.alipay.remoting.serialization.Serializer;

/**
 * Stands where Bolt would put Hessian, whose gadget chains are a known way to run code
 * (CVE-2024-46983). Every message of ours and of JRaft has its own serializer, so whatever arrives
 * here is not ours.
 */
final class DenyAllSerializer implements Serializer {
  @Override
  public byte[] serialize(Object object) throws CodecException {
    throw new SerializationException("no serializer for " + object.getClass().getName());
  }

  @Override
  public <T> T deserialize(byte[] data, String classOfT) throws CodecException {
    throw new DeserializationException("no deserializer for " + classOfT);
  }
}
