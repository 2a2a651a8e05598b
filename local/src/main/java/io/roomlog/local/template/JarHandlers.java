package io.roomlog.local.template;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Looks for handlers in the packaged jars. No class is loaded: nothing of a function runs before it
 * is invoked, and a jar built for another machine can be looked into as well.
 */
public final class JarHandlers implements HandlerCheck {
  private static final String CLASS = ".class";
  private static final String METHOD_DEFAULT = "handleRequest";

  /** How far a method is looked for up the classes of the jar. */
  private static final int ANCESTORS_MAX = 20;

  private final Map<Path, List<String>> classes = new HashMap<>();

  @Override
  public Result check(Path code, String handler) {
    String[] parts = handler.split("::", -1);
    if (parts.length > 2 || parts[0].isEmpty() || parts[parts.length - 1].isEmpty()) {
      return new Malformed("it is not of the form package.Class::method");
    }
    if (!Files.isRegularFile(code)) {
      return new NoJar();
    }
    try (JarFile jar = new JarFile(code.toFile())) {
      return check(code, jar, parts[0], parts.length == 2 ? parts[1] : METHOD_DEFAULT);
    } catch (IOException e) {
      return new NoJar();
    }
  }

  private Result check(Path code, JarFile jar, String className, String method) throws IOException {
    Optional<ClassModel> found = read(jar, className);
    if (found.isEmpty()) {
      return new NoClass(className, classes(code, jar));
    }
    ClassModel handler = found.get();
    List<String> methods = methods(jar, handler);
    if (!methods.contains(method)) {
      return new NoMethod(className, method, methods);
    }
    return isMade(handler) ? new Fits() : new NoConstructor(className);
  }

  private static boolean isMade(ClassModel handler) {
    return handler.flags().has(AccessFlag.PUBLIC)
        && !handler.flags().has(AccessFlag.ABSTRACT)
        && handler.methods().stream()
            .anyMatch(
                method ->
                    method.methodName().equalsString("<init>")
                        && method.methodType().equalsString("()V")
                        && method.flags().has(AccessFlag.PUBLIC));
  }

  private static List<String> methods(JarFile jar, ClassModel handler) throws IOException {
    List<String> names = new ArrayList<>();
    Optional<ClassModel> each = Optional.of(handler);
    for (int i = 0; i < ANCESTORS_MAX && each.isPresent(); i++) {
      for (MethodModel method : each.get().methods()) {
        if (method.flags().has(AccessFlag.PUBLIC) && !method.methodName().equalsString("<init>")) {
          names.add(method.methodName().stringValue());
        }
      }
      Optional<String> parent = each.get().superclass().map(ClassEntry::asInternalName);
      each = parent.isPresent() ? read(jar, parent.get().replace('/', '.')) : Optional.empty();
    }
    return names;
  }

  private static Optional<ClassModel> read(JarFile jar, String className) throws IOException {
    ZipEntry entry = jar.getEntry(className.replace('.', '/') + CLASS);
    if (entry == null) {
      return Optional.empty();
    }
    try (var in = jar.getInputStream(entry)) {
      return Optional.of(ClassFile.of().parse(in.readAllBytes()));
    }
  }

  private List<String> classes(Path code, JarFile jar) {
    return classes.computeIfAbsent(
        code,
        _ ->
            jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(CLASS) && !name.contains("$"))
                .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.'))
                .toList());
  }
}
