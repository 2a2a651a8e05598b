package io.roomlog.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizerPolicyTest {

  private static final String ARN = "arn:aws:execute-api:eu-west-1:1:api/Prod/$connect";

  @ParameterizedTest(name = "{1}: {0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                                                                   | false
          {'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*'}                      | true
          [{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*'}]                    | true
          [{'Effect':'Allow','Action':['a:B','execute-api:Invoke'],'Resource':['x','*']}]      | true
          [{'Effect':'Allow','Action':'EXECUTE-API:INVOKE','Resource':'*'}]                    | true
          [{'Effect':'Allow','Action':'execute-api:*','Resource':'*'}]                         | true
          [{'Effect':'Allow','Action':'execute-api:ManageConnections','Resource':'*'}]         | false
          [{'Effect':'allow','Action':'execute-api:Invoke','Resource':'*'}]                    | false
          [{'Effect':'Allow','Action':'execute-api:Invoke'}]                                   | false
          [{'Effect':'Allow','Resource':'*'}]                                                  | false
          [{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*:api/prod/$connect'}]  | false
          [{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*:ap?/Prod/$connect'}]  | true
          [{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*:api?/Prod/$connect'}] | false
          [{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*'},{'Effect':'Deny','Action':'*','Resource':'*:api/*'}] | false
          [{'Effect':'Deny','Action':'*','Resource':'*:api/*'},{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*'}] | false
          [{'Effect':'Deny','Action':'*','Resource':'*:other/*'},{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*'}] | true
          [{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*','Condition':{}}]     | false
          [{'Effect':'Allow','NotAction':'a:B','Action':'execute-api:Invoke','Resource':'*'}]  | false
          [{'Effect':'Deny','NotAction':'a:B','Resource':'*'},{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*'}] | false
          [{'Effect':'Deny','Action':'*','Resource':'*:api/*','Condition':{}},{'Effect':'Allow','Action':'execute-api:Invoke','Resource':'*'}] | false
          """,
      quoteCharacter = '"')
  void aPolicyIsEvaluatedAsIamDoes(String statement, boolean allowed) throws Exception {
    String document = "{\"Statement\":" + statement.replace('\'', '"') + "}";

    assertThat(new AuthorizerPolicy(new ObjectMapper().readTree(document)).allows(ARN))
        .isEqualTo(allowed);
  }
}
