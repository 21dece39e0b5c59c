package io.raftwood.cli.transfer;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How far an export or import has come, in a file of its own that is replaced at each step and goes
 * with the last one. Methods throw {@link CallFailureException}. For one thread.
 *
 * @param file where it is kept
 */
record TransferState(Path file) {
  /** What was kept; empty if nothing was. */
  JSONObject load() {
    if (!Files.exists(file)) {
      return new JSONObject();
    }
    try {
      JSONObject state = JSON.parseObject(Files.readString(file));
      return state == null ? new JSONObject() : state;
    } catch (IOException | JSONException e) {
      throw new CallFailureException(
          CallExitCode.FAILED,
          file + " does not say where to go on: " + e.getMessage() + "; delete it to begin anew");
    }
  }

  /** Keeps {@code state}. */
  void save(JSONObject state) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, JSON.toJSONString(state) + "\n");
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** All is done. */
  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private CallFailureException failure(IOException e) {
    return new CallFailureException(CallExitCode.FAILED, "cannot write " + file + ": " + e);
  }
}
