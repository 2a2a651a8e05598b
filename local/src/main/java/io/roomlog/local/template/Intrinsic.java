package io.roomlog.local.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The intrinsic functions of CloudFormation
 * (docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html).
 *
 * <p>Some are known and refused, since they ask for what only an account has; each of these says
 * what to write in its place.
 */
enum Intrinsic {
  REF("Ref"),
  CONDITION("Condition"),
  GET_ATT("Fn::GetAtt"),
  SUB("Fn::Sub"),
  JOIN("Fn::Join"),
  SELECT("Fn::Select"),
  SPLIT("Fn::Split"),
  IF("Fn::If"),
  FIND_IN_MAP("Fn::FindInMap"),
  BASE64("Fn::Base64"),
  EQUALS("Fn::Equals"),
  AND("Fn::And"),
  OR("Fn::Or"),
  NOT("Fn::Not"),
  CONTAINS("Fn::Contains"),
  EACH_MEMBER_EQUALS("Fn::EachMemberEquals"),
  EACH_MEMBER_IN("Fn::EachMemberIn"),
  IMPORT_VALUE("Fn::ImportValue", "there is no other stack to import from: take a parameter"),
  GET_AZS("Fn::GetAZs", "there are no availability zones here: take a parameter"),
  CIDR("Fn::Cidr", "there is no network here: write the blocks out"),
  TRANSFORM("Fn::Transform", "macros run in an account only: write out what it makes"),
  FOR_EACH("Fn::ForEach", "it needs the AWS::LanguageExtensions transform: write the loop out"),
  LENGTH("Fn::Length", "it needs the AWS::LanguageExtensions transform: write the number"),
  TO_JSON_STRING(
      "Fn::ToJsonString", "it needs the AWS::LanguageExtensions transform: write the JSON text"),
  REF_ALL("Fn::RefAll", "it reads an account's values: compare a parameter with Ref"),
  VALUE_OF("Fn::ValueOf", "it reads an account's values: compare a parameter with Ref"),
  VALUE_OF_ALL("Fn::ValueOfAll", "it reads an account's values: compare a parameter with Ref");

  private final String longName;
  private final @Nullable String mend;

  Intrinsic(String longName) {
    this(longName, null);
  }

  Intrinsic(String longName, @Nullable String mend) {
    this.longName = longName;
    this.mend = mend;
  }

  /** The key of the long form. */
  String longName() {
    return longName;
  }

  /** The tag of the short form, without the exclamation mark. */
  String shortName() {
    return longName.startsWith("Fn::") ? longName.substring("Fn::".length()) : longName;
  }

  /** What to write instead, where the function is refused. */
  Optional<String> refusal() {
    return Optional.ofNullable(mend);
  }

  static Optional<Intrinsic> ofLongName(String name) {
    return Arrays.stream(values()).filter(each -> each.longName.equals(name)).findFirst();
  }

  static Optional<Intrinsic> ofShortName(String name) {
    return Arrays.stream(values()).filter(each -> each.shortName().equals(name)).findFirst();
  }

  static List<String> shortNames() {
    return Arrays.stream(values()).map(Intrinsic::shortName).toList();
  }

  static List<String> longNames() {
    return Arrays.stream(values()).map(Intrinsic::longName).toList();
  }
}
