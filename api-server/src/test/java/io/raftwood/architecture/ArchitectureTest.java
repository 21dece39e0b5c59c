package io.raftwood.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules between packages. This module sees all others, so they are checked here. */
@AnalyzeClasses(
    packages = "io.raftwood",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
  private static final int INSTANCE_FIELDS_MAX = 15;

  /** What every replica must compute alike, from the entry and the batch alone. */
  private static final DescribedPredicate<JavaClass> DETERMINISTIC =
      resideInAnyPackage(
              "io.raftwood.kv..",
              "io.raftwood.cache..",
              "io.raftwood.tree..",
              "io.raftwood.cluster..")
          .or(assignableTo("io.raftwood.raft.Machine"))
          .or(HasName.Predicates.name("io.raftwood.raft.EntryApplier").forSubtype())
          .as("machines, their domains and the EntryApplier");

  private static final DescribedPredicate<JavaClass> MACHINES =
      assignableTo("io.raftwood.raft.Machine")
          .or(HasName.Predicates.name("io.raftwood.raft.EntryApplier").forSubtype())
          .as("machines and the EntryApplier");

  @ArchTest
  static final ArchRule packagesImportOnlyWhatTheTableAllows =
      classes().should(new PackageImports());

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.raftwood.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule rocksDbIsConfined =
      confined("org.rocksdb..", "io.raftwood.storage.rocksdb", "io.raftwood.raft.jraft");

  @ArchTest
  static final ArchRule jraftIsConfined = confined("com.alipay..", "io.raftwood.raft.jraft");

  @ArchTest
  static final ArchRule undertowIsConfined =
      confined("io.undertow..", "io.raftwood.server.http", "io.raftwood.bench.floor");

  @ArchTest
  static final ArchRule fastjsonIsConfined =
      confined(
          "com.alibaba.fastjson2..",
          "io.raftwood.server.http",
          "io.raftwood.cli",
          "io.raftwood.cli.call",
          "io.raftwood.cli.kv",
          "io.raftwood.cli.tree",
          "io.raftwood.cli.backup",
          "io.raftwood.cli.transfer",
          "io.raftwood.bench.torture.cluster",
          "io.raftwood.bench.torture.workload");

  @ArchTest
  static final ArchRule machinesReadNoClock =
      noClasses()
          .that(DETERMINISTIC)
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethodWhere(
              target(nameMatching("now|systemUTC|systemDefaultZone|tick.*"))
                  .and(target(ownedByPackage("java.time"))))
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule machinesUseNoRandomness =
      noClasses()
          .that(DETERMINISTIC)
          .should()
          .dependOnClassesThat(
              nameMatching(
                      "java\\.util\\.(Random|SplittableRandom|concurrent\\.ThreadLocalRandom)"
                          + "|java\\.util\\.random\\..*|java\\.security\\.SecureRandom")
                  .forSubtype())
          .orShould()
          .callMethod(Math.class, "random")
          .orShould()
          .callMethod(java.util.UUID.class, "randomUUID")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule machinesUseNoThreads =
      noClasses()
          .that(DETERMINISTIC)
          .should()
          .dependOnClassesThat(
              nameMatching(
                      "java\\.lang\\.Thread(Local)?|java\\.util\\.concurrent\\.(Executors"
                          + "|.*ExecutorService|.*ThreadPool.*|ForkJoin.*)|java\\.util\\.Timer.*")
                  .forSubtype())
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule machinesKeepNothingInHashOrder =
      noFields()
          .that()
          .areDeclaredInClassesThat(MACHINES)
          .should()
          .haveRawType(HashMap.class)
          .orShould()
          .haveRawType(HashSet.class)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule machinesMakeNothingInHashOrder =
      noClasses()
          .that(MACHINES)
          .should()
          .callConstructorWhere(target(ownedBy(HashMap.class.getName())))
          .orShould()
          .callConstructorWhere(target(ownedBy(HashSet.class.getName())))
          .allowEmptyShould(true);

  @ArchTest static final ArchRule typesHaveFewFields = classes().should(new HaveFewFields());

  @ArchTest
  static final ArchRule namesSayWhatATypeIs =
      noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)");

  @ArchTest
  static final ArchRule packagesAreNamedAfterTheDomain =
      noClasses()
          .should()
          .resideInAnyPackage("..common..", "..util..", "..utils..", "..impl..", "..core..");

  @Test
  void everyPackageSaysWhatBelongsInIt() throws IOException {
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path sources : modules.map(module -> module.resolve("src/main/java")).toList()) {
        assertThat(packagesWithoutDescription(sources)).isEmpty();
      }
    }
  }

  private static List<Path> packagesWithoutDescription(Path sources) throws IOException {
    if (!Files.isDirectory(sources)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(Path::getParent)
          .distinct()
          .filter(directory -> !Files.exists(directory.resolve("package-info.java")))
          .toList();
    }
  }

  private static ArchRule confined(String library, String... packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.AccessTarget> ownedBy(
      String className) {
    return DescribedPredicate.describe(
        "owned by " + className, target -> target.getOwner().getName().equals(className));
  }

  private static DescribedPredicate<com.tngtech.archunit.core.domain.AccessTarget> ownedByPackage(
      String packageName) {
    return DescribedPredicate.describe(
        "owned by " + packageName,
        target -> target.getOwner().getPackageName().equals(packageName));
  }

  /** Leaves out what other modules publish for tests. */
  static final class NoTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  /** Fields of constants and enums do not count: they are no state. */
  private static final class HaveFewFields extends ArchCondition<JavaClass> {
    HaveFewFields() {
      super("have at most " + INSTANCE_FIELDS_MAX + " instance fields");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      long fields =
          type.getFields().stream()
              .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
              .count();
      if (fields > INSTANCE_FIELDS_MAX) {
        events.add(SimpleConditionEvent.violated(type, type.getName() + " has " + fields));
      }
    }
  }
}
