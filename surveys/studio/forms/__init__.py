"""What is asked on the studio's screens of surveys. They give plain values, as a payload says them."""
