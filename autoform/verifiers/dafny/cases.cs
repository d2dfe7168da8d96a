// Runs the cases of a compiled Dafny program whose numbers stand on the input, one a line.
// A case that ends with an exception ends alone. Each runs on a stack of its own, a deep one,
// for the emitted functions recurse where the source loops.
using System;
using System.Threading;

namespace Emitted {
  public partial class __default {
    public static void RunCases() {
      var thread = new Thread(Loop, 1 << 29);
      thread.Start();
      thread.Join();
    }

    static void Loop() {
      var output = new System.IO.StreamWriter(Console.OpenStandardOutput());
      Console.SetOut(output);
      string number;
      while ((number = Console.In.ReadLine()) != null) {
        output.Write("\u0001" + number + "\n");
        output.Flush();
        try {
          typeof(__default).GetMethod("Case" + number).Invoke(null, null);
          output.Write("\u0002");
        } catch (Exception) {
          output.Write("\u0003");
        }
        output.Flush();
      }
    }
  }
}
