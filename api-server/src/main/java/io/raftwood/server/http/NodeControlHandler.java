package io.raftwood.server.http;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONWriter;
import io.raftwood.admin.EffectiveSetting;
import io.raftwood.admin.LogLevel;
import io.raftwood.admin.NodeControls;
import io.raftwood.bytes.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code admin/config}, {@code admin/log-levels} and {@code admin/log-level}: of the node that is
 * asked, never of another. Runs on I/O threads.
 */
final class NodeControlHandler {
  private static final String JSON_TYPE = "application/json";
  private static final String LOGGER_FORM = "[A-Za-z0-9_.$-]{1,200}";
  private static final String ROOT = "root";

  /** Back to what the configuration says. */
  private static final String DEFAULT = "default";

  private final NodeControls controls;

  /** Asks {@code controls}. */
  NodeControlHandler(NodeControls controls) {
    this.controls = controls;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.only("GET", "admin/config", Family.ADMIN, call -> call.answer(json(settings()))),
        Route.only("GET", "admin/log-levels", Family.ADMIN, call -> call.answer(json(levels()))),
        Route.only("POST", "admin/log-level", Family.ADMIN, call -> call.answer(change(call))));
  }

  private Map<String, Object> settings() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", controls.node());
    fields.put("settings", controls.settings().stream().map(NodeControlHandler::fields).toList());
    return fields;
  }

  private static Map<String, Object> fields(EffectiveSetting setting) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("key", setting.key());
    fields.put("value", setting.value());
    fields.put("origin", setting.origin());
    return fields;
  }

  private Map<String, Object> levels() {
    Map<String, String> words = new TreeMap<>();
    controls.logLevels().forEach((name, level) -> words.put(name, level.word()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("node", controls.node());
    fields.put("levels", words);
    return fields;
  }

  private Reply change(Call call) {
    String word = AdminParameters.required(call, "level");
    String logger = AdminParameters.optional(call, "logger").orElse(ROOT);
    Optional<LogLevel> level = LogLevel.of(word);
    if (level.isEmpty() && !word.equals(DEFAULT)) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "level");
    }
    if (!logger.matches(LOGGER_FORM)) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "logger");
    }
    return controls.changeLogLevel(logger, level)
        ? json(levels())
        : Reply.of(Outcome.NO_SUCH_LOGGER, logger);
  }

  private static Reply json(Object value) {
    byte[] text = JSON.toJSONBytes(value, JSONWriter.Feature.PrettyFormat);
    return Reply.body(Outcome.OK, Bytes.wrap(text).concat(Bytes.utf8("\n")), JSON_TYPE);
  }
}
