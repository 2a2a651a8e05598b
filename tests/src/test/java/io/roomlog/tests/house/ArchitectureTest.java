package io.roomlog.tests.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {

  private final JavaClasses production =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages(
              "io.roomlog.core",
              "io.roomlog.handlers",
              "io.roomlog.fanout",
              "io.roomlog.operate",
              "io.roomlog.local");

  @Test
  void dependenciesPointOneWay() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("core")
        .definedBy("io.roomlog.core..")
        .layer("handlers")
        .definedBy("io.roomlog.handlers..")
        .layer("fanout")
        .definedBy("io.roomlog.fanout..")
        .layer("operate")
        .definedBy("io.roomlog.operate..")
        .layer("local")
        .definedBy("io.roomlog.local..")
        .whereLayer("core")
        .mayNotAccessAnyLayer()
        .whereLayer("handlers")
        .mayOnlyAccessLayers("core")
        .whereLayer("fanout")
        .mayOnlyAccessLayers("core")
        .whereLayer("operate")
        .mayOnlyAccessLayers("core", "fanout")
        .whereLayer("local")
        .mayNotAccessAnyLayer()
        .check(production);
  }

  @Test
  void theCoreKnowsNothingOfLambdaOrOfApiGateway() {
    noClasses()
        .that()
        .resideInAPackage("io.roomlog.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.amazonaws.services.lambda..",
            "software.amazon.awssdk.services.apigatewaymanagementapi..",
            "org.eclipse.jetty..")
        .check(production);
  }

  @Test
  void theProtocolOfTheLogKnowsNoDatabase() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.roomlog.core.log..", "io.roomlog.core.membership..", "io.roomlog.core.memory..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon.awssdk..", "io.roomlog.core.dynamo..")
        .check(production);
  }

  @Test
  void thePackagesOfTheCoreHaveNoCircles() {
    SlicesRuleDefinition.slices()
        .matching("io.roomlog.core.(*)..")
        .should()
        .beFreeOfCycles()
        .check(production);
  }

  @Test
  void exceptionsSayWhatTheyAre() {
    classes()
        .that()
        .areAssignableTo(Exception.class)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .orShould()
        .haveModifier(JavaModifier.ABSTRACT)
        .check(production);
  }
}
