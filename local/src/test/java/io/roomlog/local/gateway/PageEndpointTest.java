package io.roomlog.local.gateway;

import static io.roomlog.local.gateway.Gateways.gateway;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class PageEndpointTest {
  @TempDir Path checkout;
  private Path client;

  @BeforeEach
  void aCheckoutWithAPage() throws IOException {
    client = checkout.resolve("client");
    write("client/page/index.html", "<!doctype html>");
    write("client/page/content-security-policy.txt", "default-src 'none'\nscript-src 'self'\n");
    write("client/page/main.js", "start();");
    write("client/page/parts/list.css", "ul {}");
    write("client/page/icon.svg", "<svg/>");
    write("client/page/.secret.js", "hidden");
    write("client/page/notes.md", "not shown");
    write("client/lib/index.js", "library");
    write("client/package.json", "{}");
    write("template.yaml", "Resources:");
    Files.createSymbolicLink(client.resolve("page/link.js"), checkout.resolve("template.yaml"));
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8, <!doctype html>",
    "/page/main.js, text/javascript; charset=utf-8, start();",
    "/page/parts/list.css, text/css; charset=utf-8, ul {}",
    "/page/icon.svg, image/svg+xml, <svg/>",
    "/lib/index.js, text/javascript; charset=utf-8, library",
    "/config.json, application/json, '{\"server\":\"/Prod\"}\n'",
  })
  void aFileOfThePageIsShownAsWhatItIs(String path, String type, String content) throws Exception {
    HttpResponse<String> response = call("GET", path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(type);
    assertThat(response.body()).isEqualTo(content);
  }

  @Test
  void itIsShownWithWhatKeepsItToItself() throws Exception {
    HttpResponse<String> response = call("GET", "/");
    assertThat(response.headers().firstValue("Content-Security-Policy"))
        .contains("default-src 'none'; script-src 'self'");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(response.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page/missing.js",
        "/page/notes.md",
        "/page/.secret.js",
        "/page/content-security-policy.txt",
        "/page/link.js",
        "/page/",
        "/page",
        "/package.json",
        "/template.yaml",
        "/page/../package.json",
        "/page/../../template.yaml",
        "/page/%2e%2e/package.json",
        "/page/..%2f..%2ftemplate.yaml",
        "/page/parts/..%5c..%5cpackage.json",
        "/page//main.js",
        "/page/main.js%00.svg",
        "/page/main.js;x=y/../../package.json",
        "/node_modules/ws/index.js",
      })
  void nothingElseIsShown(String path) throws Exception {
    try (var gateway = gateway().page(PageFiles.in(client)).start();
        var raw = RawClient.open(gateway.server().port())) {
      raw.write("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(raw.readHead()).containsPattern("^HTTP/1.1 40[03] ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "localhost.example.com:3001", "192.168.1.7:3001"})
  void aPageWhoseNameWasMadeToLeadHereDoesNotSeeIt(String host) throws Exception {
    try (var gateway = gateway().page(PageFiles.in(client)).start();
        var raw = RawClient.open(gateway.server().port())) {
      raw.write("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(raw.readHead()).startsWith("HTTP/1.1 403");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE"})
  void itCanOnlyBeLookedAt(String method) throws Exception {
    HttpResponse<String> response = call(method, "/page/main.js");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
  }

  @Test
  void theHeadOfAFileHasNoBody() throws Exception {
    HttpResponse<String> response = call("HEAD", "/page/main.js");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Length")).contains("8");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void withoutAPolicyThereIsNoPage() throws Exception {
    Files.delete(client.resolve("page/content-security-policy.txt"));
    assertThat(call("GET", "/").statusCode()).isEqualTo(403);
    try (var gateway = gateway().page(PageFiles.in(client)).start()) {
      assertThat(gateway.server().page()).isEmpty();
    }
  }

  private HttpResponse<String> call(String method, String path) throws Exception {
    try (var gateway = gateway().page(PageFiles.in(client)).start()) {
      return OperatorEndpointTest.call(gateway.server().port(), method, path);
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = checkout.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
