Console.WriteLine("writ");
